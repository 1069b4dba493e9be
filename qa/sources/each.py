"""A source that may be a feed -> its articles, one after the other."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urljoin

from qa.article import Article
from qa.errors import SourceError
from qa.sources.address import public_addresses
from qa.sources.feed import SITEMAP, is_feed
from qa.sources.fetch import Resolve, fetch
from qa.sources.files import article_of, load
from qa.sources.limits import MAX_FEED_ARTICLES, MAX_SITEMAPS
from qa.sources.parsed import UnreadableError
from qa.sources.sandbox import parse
from qa.sources.url import article_at, is_address, read_url


@dataclass(frozen=True)
class Reading:
    """What became of one source: its article, or a sentence that says why there is none.

    `number` counts to `of`, where a feed ends. Its last has a `note` if there is more to know of
    the feed as a whole, though nothing went wrong.
    """

    source: str
    number: int = 1
    of: int = 1
    article: Article | None = None
    problem: str = ""
    note: str = ""


def read_each(
    source: str | Path, known: Collection[str] = (), resolve: Resolve = public_addresses
) -> Iterator[Reading]:
    """The article at a URL, in a file or of lines of URLs; of a feed or sitemap its new articles.

    `known` are addresses whose articles are here already, which are not fetched again. Of others
    the newest `MAX_FEED_ARTICLES` are read. Each failure is the `problem` of its `Reading`, and the
    rest goes on; nothing is raised.
    """
    name = str(source).strip()
    try:
        if isinstance(source, str) and is_feed(source.encode("utf-8", "replace")) and "\n" in name:
            listed, what = _addresses(source.encode(), "list"), "list"
        elif isinstance(source, str) and is_address(source):
            fetched = fetch(name, resolve)
            if not is_feed(fetched.data):
                yield Reading(name, article=replace(article_at(fetched), url=name))
                return
            what = f"feed {fetched.url}"
            listed = _addresses(fetched.data, what, fetched.url)
        else:
            path = Path(source)
            data = load(path)
            if not is_feed(data):
                yield Reading(name, article=article_of(data, f"file {path}", path.name))
                return
            listed, what = _addresses(data, f"file {path}"), f"file {path}"
    except SourceError as error:
        yield Reading(name, problem=str(error))
        return
    yield from _read_listed(listed, what, set(known), resolve)


def _read_listed(
    listed: list[str], what: str, known: set[str], resolve: Resolve
) -> Iterator[Reading]:
    listed, problems = _with_sitemaps(listed, resolve)
    new = [address for address in dict.fromkeys(listed) if address not in known]
    some = new[:MAX_FEED_ARTICLES]
    of = len(problems) + len(some)
    if not of:
        yield Reading(what, note=f"The {what} lists nothing that is not here already.")
    for number, (name, problem) in enumerate(problems, 1):
        yield Reading(name, number, of, problem=problem)
    left = len(new) - len(some)
    more = (
        f"The {what} lists {left:,} more articles than the {len(some)} that are read at a time; "
        "add it again for the next ones."
    )
    for number, address in enumerate(some, len(problems) + 1):
        note = more if left and number == of else ""
        try:
            article = read_url(address, resolve)
        except SourceError as error:
            yield Reading(address, number, of, problem=str(error), note=note)
        else:
            yield Reading(address, number, of, article, note=note)


def _with_sitemaps(listed: list[str], resolve: Resolve) -> tuple[list[str], list[tuple[str, str]]]:
    """The addresses with those of further sitemaps, which are read to one depth; what failed."""
    articles: list[str] = []
    problems: list[tuple[str, str]] = []
    read = 0
    for line in listed:
        if not line.startswith(SITEMAP):
            articles.append(line)
            continue
        read += 1
        if read > MAX_SITEMAPS:
            continue
        address = line.removeprefix(SITEMAP)
        try:
            fetched = fetch(address, resolve)
            found = _addresses(fetched.data, f"sitemap {address}", fetched.url)
        except SourceError as error:
            problems.append((address, str(error)))
        else:
            articles += [a for a in found if not a.startswith(SITEMAP)]
    return articles, problems


def _addresses(data: bytes, what: str, base: str = "") -> list[str]:
    """What a feed lists, each address whole."""
    try:
        lines = parse("feed", data).text.split("\n")
    except UnreadableError as problem:
        raise SourceError(f"The {what} {problem}.") from None
    return [_whole(line, base) for line in lines]


def _whole(line: str, base: str) -> str:
    mark, address = (SITEMAP, line[len(SITEMAP) :]) if line.startswith(SITEMAP) else ("", line)
    try:
        return mark + urljoin(base, address).partition("#")[0]
    except ValueError:
        return mark + address
