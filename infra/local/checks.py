"""How a patch makes sure that MiniStack is still as the patch expects it."""

import inspect


class Changed(SystemExit):
    """MiniStack is not as a patch expects it. Stops the start."""

    def __init__(self, patch: str, what: str):
        super().__init__(f"infra/local, patch {patch}: {what}. Check whether MiniStack still needs the patch.")


def expect(patch: str, owner, attribute: str, parameters: list[str]):
    """The function `attribute` of a module or class, which must take these parameters."""
    function = getattr(owner, attribute, None)
    if function is None:
        raise Changed(patch, f"{owner.__name__}.{attribute} is gone")
    found = list(inspect.signature(function).parameters)
    if found != parameters:
        raise Changed(patch, f"{owner.__name__}.{attribute} takes {found}, expected {parameters}")
    return function


def refuse_when_known(patch: str, function, word: str) -> None:
    """The function must not yet do itself what the patch adds."""
    if word in inspect.getsource(function):
        raise Changed(patch, f"{function.__name__} now knows {word}")
