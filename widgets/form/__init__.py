"""A form of parameters, edited in place by keyboard or mouse."""

from widgets.form.field import Field, Kind, Value, number_text, value_text
from widgets.form.form import ParamForm
from widgets.form.nudging import nudge
from widgets.form.parsing import parse

__all__ = ["Field", "Kind", "ParamForm", "Value", "nudge", "number_text", "parse", "value_text"]
