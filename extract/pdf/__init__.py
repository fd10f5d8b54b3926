"""PDF: text, rulings and places of characters to blocks; `read.read_pdf` is the way in."""
