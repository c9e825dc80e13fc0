"""Work in a thread brings one message, also where it is called back."""

from time import sleep

from textual.message import Message

from sandbox.app.errands import Errand
from sandbox.engine.stopping import look


class _Box:
    """Keeps what is posted."""

    def __init__(self):
        self.found = []

    def post_message(self, message):
        """As a screen does."""
        self.found.append(message)

    def waited(self):
        """The first message, after at most a second."""
        for _ in range(200):
            if self.found:
                return self.found[0]
            sleep(0.005)
        raise AssertionError("nothing came")


def _endless():
    """Goes on until it is called back."""
    while True:
        look()
        sleep(0.001)


def test_what_comes_of_it_is_posted():
    """As it is made."""
    box, made = _Box(), Message()
    sut = Errand(box)
    sut.go(lambda: made, Message())
    assert sut.is_out
    assert box.waited() is made
    sut.back()
    assert not sut.is_out


def test_what_is_called_back_says_that_it_ended():
    """However long it would have taken."""
    box, ended = _Box(), Message()
    sut = Errand(box)
    sut.go(_endless, ended)
    sut.call_back()
    assert box.waited() is ended
