"""What is typed as a design: a design that can be evaluated, or what is wrong with the text."""

from collections.abc import Sequence
from dataclasses import dataclass

from sandbox.design.model import Design
from sandbox.design.reading import loads
from sandbox.errors import DesignError, Problem, SandboxError
from sandbox.evaluation import evaluate_plain


@dataclass(frozen=True)
class Checked:
    """A text, and the design that it says or the problems that keep it from being one."""

    text: str
    design: Design | None = None
    problems: tuple[Problem, ...] = ()


def checked(text: str) -> Checked:
    r"""Read a text as a design.

    >>> told = checked('[nodes.a]\nservice = "sq"\n')
    >>> told.design, told.problems[0].line
    (None, 2)
    """
    try:
        design = loads(text)
        evaluate_plain(design, 1.0)  # what cannot be evaluated would be taken back, and the text with it
    except DesignError as error:
        return Checked(text, problems=error.problems)
    except Exception as error:
        reason = str(error) if isinstance(error, SandboxError) else f"cannot be evaluated: {error}"
        return Checked(text, problems=(Problem(reason),))
    return Checked(text, design)


def told(problems: Sequence[Problem], line: int) -> str:
    """The problem of the cursor's line, else the first, and how many more there are.

    >>> told([Problem("no value", line=3), Problem("no node", line=5)], line=5)
    'line 5: no node (and 1 more)'
    """
    here = next((problem for problem in problems if problem.line == line), problems[0])
    where = f"line {here.line}: " if here.line else ""
    more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    return f"{where}{here.message}{more}"
