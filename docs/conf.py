"""Settings of the documentation."""

import sys
from importlib import metadata
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))  # for the modules that make pages

import reference  # noqa: E402

project = "VocPolicy"
author = "The VocPolicy authors"
project_copyright = "The VocPolicy authors"
release = version = metadata.version("vocpolicy")
language = "en"

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

html_theme = "furo"
html_title = "VocPolicy"
autodoc_typehints = "description"
autodoc_member_order = "bysource"
napoleon_use_ivar = True
nitpicky = False
# Examples of mistakes are not always text that a highlighter knows.
suppress_warnings = ["misc.highlighting_failure"]

reference.write(HERE / "generated")


def setup(app):  # type: ignore[no-untyped-def]
    """Colour rule files also where the package is not installed with its entry points."""
    from vocpolicy.integrations.pygments import VocpLexer

    app.add_lexer("vocp", VocpLexer)
