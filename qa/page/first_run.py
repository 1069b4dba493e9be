"""What the page shows before the first question: what to do, with an example."""

_STEPS = (
    ("Choose or add an article", "Paste it, its address or a feed’s, or drop files on this page."),
    ("Ask about it", "In the box below; or click one of the questions above it."),
    ("Check the answer", "Each number leads to the sentence of the article that proves it."),
)
_EXAMPLE = (
    '<figure class="qa-example" aria-label="An example of an answer">'
    "<p><strong>When does the new bridge open?</strong></p>"
    "<blockquote><p>The bridge will open to traffic on <strong>2 May</strong>, the mayor said on "
    "Monday. <span>[1]</span></p></blockquote>"
    "<figcaption>An example. If I do not find the answer in the article, I tell you so."
    "</figcaption></figure>"
)


def first_run_html(*, add: bool) -> str:
    """The steps from nothing to a proved answer; `add` is whether articles can be added."""
    steps = "".join(
        f"<li><strong>{step if add else step.replace('or add an', 'an')}.</strong>"
        f"{'' if 'drop' in how and not add else f' {how}'}</li>"
        for step, how in _STEPS
    )
    button = (
        '<p><button type="button" class="qa-begin" data-do="articles">Add an article</button></p>'
    )
    return (
        '<div class="qa-empty"><p class="qa-lead">Ask an article, and check the answer</p>'
        f"<ol>{steps}</ol>{button if add else ''}{_EXAMPLE}</div>"
    )
