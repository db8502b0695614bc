"""The version, for the package's metadata and for files that depend on it.

Reading it from the installed metadata takes longer than deciding a case does.
"""

VERSION = "0.1.0"
