"""What a source may cost; more than this is refused with a sentence that names the limit."""

MAX_BYTES = 20_000_000  # of a file, of a response, and of a response unpacked
MAX_UNPACKED_BYTES = 100_000_000  # of a .docx, pictures included
MAX_CHARACTERS = 600_000  # of an article; about 100,000 words, a minute or two to take in
MAX_FRONT_MATTER = 5_000  # characters
MAX_URL_CHARACTERS = 2_000
MAX_PAGES = 500  # of a PDF
MAX_TITLE_CHARACTERS = 200  # a longer first line is the text itself
FETCH_SECONDS = 20  # for a page, redirects included; the system's resolver has limits of its own
MAX_REDIRECTS = 5
PARSE_SECONDS = 60  # for one HTML, PDF or .docx file
PARSE_BYTES = 1_000_000_000  # of memory, for one HTML, PDF or .docx file
PARSED_AT_ONCE = 2  # files; others wait for their turn
MAX_FEED_ARTICLES = 30  # that one run adds of a feed, a sitemap or a list; the next adds more
MAX_SITEMAPS = 3  # that one run reads of a sitemap of sitemaps, the newest
