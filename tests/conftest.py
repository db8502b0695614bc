"""What holds for all tests."""

from __future__ import annotations

import os

from hypothesis import settings

# Rule files among the tests are data, some of them with mistakes on purpose.
collect_ignore_glob = ["*.vocp"]

# Where a change is checked before it lands, the same examples come every time, so that what
# fails is the change; everywhere else they are new with every run.
settings.register_profile("ci", derandomize=True, deadline=None)
if os.environ.get("CI"):
    settings.load_profile("ci")
