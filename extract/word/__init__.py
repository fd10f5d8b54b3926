"""Word: DOCX to blocks, and what LibreOffice makes of DOC, WPS, RTF and ODT."""
