"""Sites that were made last, to test extraction on what it was not tuned to."""

from eval.pages.sites import Site

LAST_SITES: dict[str, Site] = {}
