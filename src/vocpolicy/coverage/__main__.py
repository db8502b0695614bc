"""`python -m vocpolicy.coverage TEXT`: the clauses and figures found in a document's text."""

from __future__ import annotations

import sys

from vocpolicy.coverage import outline, read_document, split
from vocpolicy.coverage.text import listing
from vocpolicy.diagnostics import VocPolicyError


def main(arguments: list[str]) -> int:
    """List each file named; 2 where one can't be read or none is named."""
    if not arguments:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        for path in arguments:
            print(listing(outline(split(read_document(path)))))
    except VocPolicyError as error:
        print(error.render(), file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
