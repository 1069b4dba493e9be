"""What stands on a news page beside its article: known by its place, its name or its words."""

import re

from lxml.html import HtmlElement as Element

from qa.sources.web.blocks import Block

# Names of classes, ids and roles. Of these alone: an element that is called so is no article's
# part, even if it holds sentences.
_FOREIGN = re.compile(
    r"""(?x)(?<![a-z])(?:
    related | recommend(?:ed|ations?)? | (?:read|see|also)[\s_-]?(?:also|more|next|on|read)
    | more[\s_-]?(?:from|on|stories|news|coverage|like|articles|headlines)
    | most[\s_-]?(?:read|popular|viewed|shared|recent|watched) | trending
    | (?:latest|top|other|popular|recent)[\s_-]?(?:news|stories|posts|articles|headlines)
    | newsletters? | subscri(?:be|ption)s? | sign[\s_-]?up | (?:e-?)?mail[\s_-]?alert
    | cookies? | consent | gdpr | cmp | onetrust | privacy[\s_-]?(?:banner|notice)
    | advert(?:s|ise?ments?|ising|orial)? | adsbygoogle | ads?
    | ad[\s_-]?(?:slot|wrapper|container|unit|box|label|banner|text)
    | sponsor(?:ed|s)? | promoted | outbrain | taboola | zergnet | revcontent | dianomi
    | author[\s_-]?(?:bio|box|card|info|profile|description|details|about|block|footer)
    | about[\s_-]?(?:the[\s_-]?)?author | bio | biography
    | login | log[\s_-]?in | sign[\s_-]?in | donat(?:e|ion)s? | contribut(?:e|ions)[\s_-]?\w*
    | membership | support[\s_-]?us | supporters? | fundrais\w* | appeal | epic
    | copyright | colophon | breadcrumbs? | pagination | pager | navbox | editsection
    | mw-editsection | catlinks
    | navigation | navbar | skip[\s_-]?(?:link|to\w*) | off[\s_-]?canvas | jump[\s_-]?to
    | app[\s_-]?(?:download|promo|banner) | masthead | table[\s_-]?of[\s_-]?contents | toc |
      reflist
    )(?![a-z])"""
)
_COMMENTS = re.compile(
    r"""(?x)(?<![a-z])(?:
    (?:reader|user|post|article)?[\s_-]?comments
    | comments?[\s_-]?(?:list|section|area|thread|container|form|body|box|wrapper|feed)
    | commentlist | disqus\w* | respond | replies
    )(?![a-z])"""
)
# Of these: unless it holds sentences.
_AROUND = re.compile(
    r"""(?x)(?<![a-z])(?:
    shar(?:e|ing)\w* | social\w* | follow\w* | tools? | toolbar | actions? | utility | utils?
    | print | tags? | topics?
    | keywords? | categor(?:y|ies) | kicker | eyebrow | section[\s_-]?(?:name|label|link)
    | byline\w* | by-?line | author\w* | contributors?
    | dateline | date\w* | timestamp | time | published\w* | updated\w*
    | (?:post|entry|article|story|content)[\s_-]?(?:meta|info|data|details)\w* | meta(?:data)?
    | reading[\s_-]?time | read[\s_-]?time | nav | menu | sidebar | widget | banner | popup
    | pop-up | modal | overlay
    | promo\w* | teaser\w* | cta | button\w* | btn | player\w* | video[\s_-]?\w* | audio[\s_-]?\w*
    | listen | gallery[\s_-]?(?:nav|controls|count)
    | rating | poll | survey | feedback | credits? | count(?:er)? | views | badge | label
    | disclaimer | more | links? | search | labels?
    | paywall | regwall | complementary | contentinfo | toast | alert | notification
    | captions?[\s_-]?(?:toggle|button) | hidden
    )(?![a-z])"""
)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_NAMED = ("class", "id", "role", "data-component", "data-testid", "data-module", "itemprop")
KEPT_TAGS = {"html", "body", "main", "article"}


def named(element: Element) -> str:
    """What an element is called, in small letters, camel case taken apart."""
    if not element.attrib:
        return ""
    said = " ".join(filter(None, (element.get(name) for name in _NAMED)))
    return _CAMEL.sub("-", said[:500]).lower()


def is_foreign(element: Element) -> bool:
    """Whether an element by its tag or name holds other things than the article."""
    if element.tag == "nav" or element.get("role") in ("navigation", "search", "dialog"):
        return True
    return element.tag not in KEPT_TAGS and bool(_FOREIGN.search(named(element)))


def is_comments(element: Element) -> bool:
    """Whether an element by its name holds what readers wrote, often more than the article."""
    return element.tag not in KEPT_TAGS and bool(_COMMENTS.search(named(element)))


def is_around(element: Element) -> bool:
    """Whether an element by its name holds what stands around an article, where it has no prose."""
    return element.tag not in KEPT_TAGS and bool(_AROUND.search(named(element)))


_STAMP_WORDS = {
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep"),
    *("sept", "oct", "nov", "dec", "monday", "tuesday", "wednesday", "thursday", "friday"),
    *("saturday", "sunday", "mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat"),
    *("sun", "published", "updated", "modified", "posted", "created", "edited", "first", "last"),
    *("originally", "on", "at", "date", "time", "ago", "today", "yesterday", "minute", "minutes"),
    *("min", "mins", "hour", "hours", "hr", "hrs", "h", "day", "days", "week", "weeks", "month"),
    *("months", "a", "an", "am", "pm", "p", "m", "st", "nd", "rd", "th", "t", "z", "of", "now"),
    *("utc", "gmt", "bst", "cet", "cest", "eet", "est", "edt", "et", "cst", "cdt", "ct", "mst"),
    *("mdt", "mt", "pst", "pdt", "pt", "ist", "jst", "hkt", "sgt", "aest", "aedt", "local", "just"),
}
_TOKEN = re.compile(r"[^\W\d_]+|\d+")
_LINE = re.compile(
    r"""(?ix)(?:
    (?:▶|►|>|»|→|\+|•|\*|-|–|—|\[|\()?\s*(?:
      advertis(?:e)?ment | ad | ads? \s feedback | video \s ad \s feedback
      | sponsored(?:\scontent)? | promoted(?:\scontent)? | paid \s (?:content|post)
      | (?:story|article) \s continues \s below(?:\s\w+)*
      | continue \s reading(?:\s(?:the\s)?main\sstory)?.* | skip \s (?:to|past|advert\w*|ad\b).*
      | (?:after|end \s of|end) \s (?:the\s)?(?:promotion|newsletter).*
      | share(?:\s(?:this|on|via|with|full|article|story|page|to|by|the)\b.{0,60})? | shares?
      | tweet(?:\sthis)? | (?:copy|get)\s(?:the\s)?(?:short\s)?(?:link|url|permalink).*
      | link\scopied!? | e-?mail(?:\sthis.*)? | facebook | twitter | x | whats ?app | linkedin
      | pinterest | reddit | telegram | print(?:\sthis.*)?
      | save(?:\s(?:article|story|for\slater|this.*))? | saved | bookmark(?:\sthis.*)?
      | gift(?:\sthis.*)? | pocket | flipboard | messenger | bluesky | threads | instagram
      | youtube
      | (?:leave|post|add|write)\sa\scomment.*
      | (?:view|see|read|show|hide|load|join)\s(?:all|the|more|\d+|
        other)?\s?(?:the\s)?(?:comments?|conversation|discussion|replies).*
      | (?:no\s|\d[\d,.]*\s)?(?:comments?|shares?|views?|likes?|reads?|replies|
        reactions)(?:\s?\(\d+\))?
      | comments?\s(?:are\sclosed|off|disabled).* | reply
      | (?:read|see|watch|listen|view)\s(?:also|more|next|now|the\sfull\s\w+|full\s\w+|later|
        all)(?:\s(?:here|about|on|from|at|in|stories)\b.{0,80})?[:.…>»→]?
      | more | less | (?:show|view|load|see)\s(?:more|less|all)(?:\s\w+){0,3}
      | (?:read|see|watch|also\sread|also\ssee|related|more|editor['’]?s?\s(?:picks?|choice)|
        recommended|don['’]t\smiss|you\smay\salso\slike|in\spictures|explainer|opinion|analysis|
        go\sdeeper|further\sreading|more\son\sthis|also\son|next|previous|
        previously)(?:\s(?:also|more|next|stor(?:y|ies)|articles?|news|reading|links?|content|
        topics?|coverage|posts?|for\syou))?\s?[:|>»→–—].{1,200}
      | related(?:\s(?:stories|articles|news|topics?|content|coverage|links?|posts?|reading|
        story|article|tags?))?
      | recommended(?:\s(?:stories|articles|for\syou|reading|videos?))?
      | (?:most|top)\s(?:read|popular|viewed|shared|stories|watched)(?:\s\w+){0,4}
      | trending(?:\s\w+){0,2}
      | more\s(?:from|on|in|stories|news|to\s(?:read|explore)|like\sthis|top\sstories|
        coverage)(?:\s.{1,60})?
      | latest\s(?:news|stories|headlines|posts|videos?)
      | (?:you\s(?:may|might)\s(?:also\s)?(?:like|be\sinterested|enjoy)).*
      | (?:what\sto\sread\snext|read\snext|up\snext|around\sthe\sweb|from\sthe\sweb|
        in\sthis\sarticle|in\sthis\sstory|on\sthis\sstory|editor['’]s\spicks?|
        editors['’]\spicks?|popular\s(?:now|stories|posts)|don['’]t\smiss(?:\s.*)?|
        further\sreading|also\son\s.{1,40})
      | (?:sign|log)\s?(?:up|in|on)(?:\s(?:to|for|here|now|with|or|and)\b.{0,120})?
      | subscribe(?:\s(?:to|for|now|today|here|and|from)\b.{0,120})?
      | register(?:\s(?:now|here|for\sfree))? | (?:my\s)?account | newsletters?
      | get\s(?:the|our|more)\s.{0,80}(?:newsletter|inbox|app)\b.{0,60}
      | download\s(?:the|our)\s.{0,60}app\b.{0,40}
      | follow(?:ing)?(?:\s(?:us|me|them|him|her|on|topics?|along|this|@\w+|the\s\w+)\b.{0,100})?
      | join\s(?:us|our|the)\s.{0,80}(?:whatsapp|telegram|channel|newsletter|facebook|
        community)\b.{0,40}
      | like\sus\son\s.{1,40} | click\shere.{0,80} | tap\s(?:here|to)\b.{0,60}
      | (?:©|\(c\)|copyright)\s?.{0,120} | all\srights\sreserved\.?
      | terms(?:\s(?:of|and)\s.{1,30})? | privacy(?:\s\w+)? | cookie(?:\s\w+)?
      | accept(?:\sall)?(?:\scookies)? | (?:reject|decline)(?:\sall)?
      | manage\s(?:cookies|preferences|options) | ok(?:ay)?,?(?:\sgot\sit)? | i\sagree | close
      | dismiss | cancel | menu | search | home | back\sto\stop | top | back | next | previous
      | prev
      | \d+\s?(?:-|\s)?(?:min(?:ute)?s?)\s?(?:read|listen|watch)?(?:ing\stime)?
      | (?:estimated\s)?reading\stime.{0,30}
      | (?:listen|watch|play)(?:\s(?:to|on|this|live|now|video|
        audio)\b.{0,60})?(?:\s\(?\d+\s?min\w*\)?)?
      | \d{1,2}:\d\d(?:\s?/\s?\d{1,2}:\d\d)?
      | (?:audio|video|photo|image|gallery|live|exclusive|breaking|updated|new|opinion|analysis|
        news|podcast|explainer)(?:\s(?:by|player|source|gallery|news))?
      | (?:enlarge|expand|toggle)(?:\s(?:this\s)?(?:image|caption))? | hide\scaption
      | (?:image|photo|picture|video)\s(?:caption|credit|source)s?[:,]?(?:\s.{1,80})?
      | getty(?:\simages)?
      | (?:photo(?:graph)?s?|image|picture|illustration|credit|source)s?(?:\s(?:by|credit|from|
        courtesy(?:\sof)?))?\s?[:/]\s?.{1,80}
      | (?:tags?|topics?|filed\sunder|categor(?:y|ies)|keywords?|labels?|posted\sin|
        section)\s?:.{0,200}
      | (?:correct|report)\s(?:an?\s)?(?:error|typo|problem|mistake).*
      | send\s(?:us\s)?(?:a\s)?(?:tip|feedback|correction)s?.* | give\s(?:us\s)?feedback.*
      | was\sthis\s(?:article|story|page)\s.* | thank\syou\sfor\s(?:reading|subscribing|signing).*
      | (?:loading|please\swait)\W* | \d+\s?(?:/|of)\s?\d+ | \#\w+(?:\s\#\w+)*
      | (?:allow|accept|enable|turn\son)\s(?:all\s)?(?:cookies|tracking|javascript|external).*
      | please\s(?:turn\son|enable|allow)\s.{1,80}
      | this\s(?:content|embed|video|post|tweet)\s(?:is|could|can|has|was|may)\s.{1,120}
      | to\s(?:view|see|watch|show)\sthis\s(?:content|embed|video|post|tweet).{0,120}
      | your\s(?:browser|device)\s.{1,100}
      | (?:have|got|do\syou\shave)\s(?:a\s)?(?:news\s)?(?:tip|story).{0,120}
    )\s*(?:\]|\))?\s*[.:…!>»→]*
    )"""
)
_ENDS = re.compile(
    r"""(?ix)(?:related|recommended|more\s(?:from|on|stories|news|coverage|to\sread|in|like)|most\s(?:read|popular|viewed|shared|watched)|trending|read\s(?:more|next|also)|you\s(?:may|might)|comments?\b|\d+\scomments?|(?:join\sthe\s)?(?:conversation|discussion)|leave\sa|latest\s(?:news|stories|from|headlines)|top\sstories|editor['’]?s['’]?\spick|popular\s(?:now|stories|posts)|what\sto\sread|up\snext|around\sthe\sweb|from\sthe\sweb|about\sthe\sauthor|share\sthis|further\sreading|also\s(?:on|read|in)|don['’]t\smiss|newsletter|sign\sup|subscribe|other\s(?:stories|news)|follow\sus|other\stop)(?:\s.{0,60})?[:…]?"""
)
_PLEA = re.compile(
    r"""(?ix)(?:
    (?:please\s)?(?:follow|like|join|find)\s(?:us|our|the|him|her|me|them|@).{0,80}\b(?:on|
      at)\s.{0,30}\b(?:twitter|x|facebook|instagram|telegram|whatsapp|youtube|threads|bluesky|
      linkedin|channel)
    | for\s(?:the\s)?(?:latest|more)\s.{0,80}(?:download|visit|click|follow|sign|subscribe|go\sto)
    | (?:sign\sup|subscribe)\s(?:to|for|here)\b | (?:download|get)\s(?:the|our)\s.{0,40}\bapp\b
    | we\swant\sto\shear | submit\sa\sletter | (?:do\syou\s)?have\sa\s(?:story|tip|question)\b
    | do\syou\shave\s(?:a|any|more)\b.{0,60}(?:story|tip|information|question)
    | stay\s(?:up\sto\sdate|informed|tuned)
    | (?:you\scan\s)?(?:e-?mail|contact|reach|write\sto)\s.{0,80}@
    | if\syou\s(?:enjoyed|liked|value|have\sa\s(?:tip|story)) | thank\s?(?:s|you)\sfor\sreading
    | (?:this\s(?:article|story|post)\s)?(?:originally|first)\s(?:appeared|published)\s(?:on|in|
      at)\b
    | this\s(?:material|content|site)\s(?:may|is|and)\b | (?:©|copyright)\s
    )"""
)
_ASKS = re.compile(
    r"(?i)(?:subscribe|support|donate|sign up|join|become a|contribute|give|register|get the"
    r"|try|start)\b"
)
_PLAIN_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:,?\s+\d{1,2}[:.]\d\d)?")
_SENTENCE = re.compile(r"[.!?…][\"'”’»)\]]*$")


def asks_reader(block: Block) -> bool:
    """Whether a link or a button asks to pay, to sign up or to join."""
    return block.words <= 8 and bool(_ASKS.match(block.text))


def is_plea(text: str) -> bool:
    """Whether a sentence below an article speaks to its readers of the paper, not of the news."""
    return len(text) <= 300 and bool(_PLEA.match(text))


def is_stamp(text: str) -> bool:
    """Whether a line says no more than when something was published."""
    if len(text) > 120:
        return False
    tokens = _TOKEN.findall(text.lower())
    words = [token for token in tokens if not token.isdigit()]
    dated = len(words) < len(tokens) or {"ago", "today", "yesterday", "now"} & set(words)
    return bool(dated and words and _STAMP_WORDS.issuperset(words)) or bool(
        _PLAIN_DATE.fullmatch(text)
    )


def is_line(text: str) -> bool:
    """Whether a line is one of those that news pages put into and around an article."""
    return len(text) <= 260 and bool(_LINE.fullmatch(text))


def ends_article(block: Block) -> bool:
    """Whether a heading begins what follows after an article."""
    return block.words <= 10 and bool(_ENDS.fullmatch(block.text))


def is_sentence(text: str) -> bool:
    """Whether a line ends as a sentence does."""
    return bool(_SENTENCE.search(text))
