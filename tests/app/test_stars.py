"""What is said of the stars of an exercise."""

import re

from sandbox.app.present import goals
from sandbox.exercises.given import come_along as exercise
from sandbox.exercises.grading import grade
from tests.exercises.solving import solved


def test_a_star_reached_before_the_goals_says_so():
    """What is cheap enough, or has margin enough, counts once the exercise is solved; that is said."""
    given = exercise("slow-queue")
    early = goals.standing(given.exercise, grade(given, given))[0]
    late = goals.standing(given.exercise, grade(solved("slow-queue"), given))[0]

    assert re.search(r"☆ \$\S+ of \$540.00, once solved", early)
    assert re.search(r"☆ margin \S+ of ×2.00$", early)
    assert "once solved" not in late
