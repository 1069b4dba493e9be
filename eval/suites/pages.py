"""The suite `pages`: articles read from invented web pages."""

from eval.pages.suite import ABOUT, PAGES, pages
from eval.suites.suite import Suite

SUITE = Suite(PAGES, ABOUT, pages)
