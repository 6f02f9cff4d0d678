"""Sphinx: the pages of docs/ as a site that opens from a folder, search included. tools/build_docs.sh calls it."""
from pygments.lexers.special import TextLexer

project = "truel"
author = "truel developers"
extensions = ["myst_parser"]
myst_enable_extensions = ["html_image"]  # the picture of README
root_doc = "index"
myst_heading_anchors = 4  # as links in the pages name them
html_theme = "furo"
html_title = "truel"
html_copy_source = False
html_show_sphinx = False
html_show_copyright = False
html_show_search_summary = False  # a page opened from a folder may not read another for an excerpt
html_extra_path = ["extra"]  # what Doxygen made of the headers
# Blocks of commands and files, whose words no lexer needs to know.
highlight_language = "none"


def setup(app):
    app.add_lexer("netlogo", TextLexer)
