"""Courses over time as text: lines in braille, limits, bands, axes, and a cursor."""

from widgets.chart.chart import Chart
from widgets.chart.plot import Line, Plot, Span

__all__ = ["Chart", "Line", "Plot", "Span"]
