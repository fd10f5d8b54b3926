"""The page of `gongkai report`: one HTML file that shows the warehouse without any network.

`build` asks the warehouse and packs what it says, `pack` packs, `scripts` joins the modules of
`web/scripts`, `assemble` puts all of it into `web/page.html`.
"""
