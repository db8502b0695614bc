"""Policies in a compiled form: written once, read by processes that only decide.

    nodes       what a stored conclusion can consist of
    content     the bytes of a file                decoding  from words to the pieces of code
    policy      what programs call                 variants  which code is under other readings
    completing  what a first case seldom needs     reading   facts that are spelled otherwise
    encoding    from code to words                 kinds     from facts to words
    saving      from a policy to a file            cache     forms kept beside rule files
    refusals    errors

A file holds data.  What runs is made here, of nodes that stand in a closed table.

A first decision takes `content`, `nodes`, `decoding` and `policy`: no attrs, typing, dataclasses,
re or enum, and no module that can wait.  On that way annotations are written as texts, since
importing `__future__` takes a twentieth of the time.
"""

from vocpolicy.stored.content import read
from vocpolicy.stored.nodes import DamagedError, ForeignError
from vocpolicy.stored.policy import StoredPolicy, StoredRule

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os

__all__ = ["StoredPolicy", "StoredRule", "load_compiled"]


def load_compiled(path: "str | os.PathLike[str]") -> "StoredPolicy":
    """The policy in a file that `vocpolicy compile` or `vocpolicy.save_compiled` wrote.

    Raises:
        UsageError: there is no such file, it is damaged or no compiled form at all, or another
            version of the library or of Python made it.
    """
    name = str(path)

    def damaged() -> None:
        from vocpolicy.stored.refusals import refusal

        raise refusal("V660", name) from None

    try:
        with open(path, "rb") as file:  # noqa: PTH123 - pathlib imports re
            content = read(file.read())
    except DamagedError:
        damaged()
        raise
    except (ForeignError, OSError) as error:
        from vocpolicy.stored.refusals import refused

        raise refused(name, error) from None
    return StoredPolicy(content, damaged)
