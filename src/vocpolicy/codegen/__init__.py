"""Facts of a policy as Python classes, for programs whose type checker is to know them.

identifiers  names of Python for names of a policy      classes  the text of a module
"""

from __future__ import annotations

from vocpolicy.codegen.classes import python_classes

__all__ = ["python_classes"]
