"""An HTML page, as a browser shows it -> the text of its article and what it says of itself."""
