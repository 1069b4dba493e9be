"""What stands above and in the article to read it with: find, cited sentences, keys, a quote."""

FINDER = (
    '<div role="search"><label for="in-text" class="qa-unseen">Find in the article</label>'
    '<input id="in-text" type="search" placeholder="Find" dir="auto" '
    'autocomplete="off" maxlength="200"><output for="in-text"></output>'
    '<span class="qa-steps"><button type="button" data-step="-1" aria-label="Previous match">↑'
    '</button><button type="button" data-step="1" aria-label="Next match">↓</button></span></div>'
)
MARKS = (
    '<span class="qa-steps"><output></output>'
    '<button type="button" data-step="-1" aria-label="Previous cited sentence">↑</button>'
    '<button type="button" data-step="1" aria-label="Next cited sentence">↓</button></span>'
    '<details class="qa-keys"><summary>Keys</summary><dl aria-label="Keys within the article">'
    "<dt><kbd>N</kbd> <kbd>P</kbd></dt><dd>next and previous sentence cited in this "
    "conversation</dd>"
    "<dt><kbd>/</kbd></dt><dd>find; then <kbd>Enter</kbd> for the next match, <kbd>Shift</kbd> "
    "<kbd>Enter</kbd> for the one before, <kbd>Esc</kbd> to stay at it</dd>"
    "<dt><kbd>Q</kbd></dt><dd>ask about the selection, or the sentence you are at</dd>"
    "</dl></details>"
)
QUOTE = '<button type="button">Ask about this</button>'
