"""What a piece of HTML shows, for the tests of the page's parts."""

from html.parser import HTMLParser


class Shown(HTMLParser):
    """The tags of a piece of HTML, their attributes, and its text."""

    def __init__(self, html: str):
        super().__init__(convert_charrefs=True)
        self.tags, self.attributes, self.text = [], [], ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [name for name, _ in attrs]

    def handle_data(self, data):
        self.text += data


def squeezed(text: str) -> str:
    return "".join(text.split())
