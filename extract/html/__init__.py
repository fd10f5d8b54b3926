"""HTML: pages of a hundred site systems to blocks; `read.read_html` is the way in."""
