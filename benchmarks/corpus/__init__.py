"""Documents made from known reports, for tests and benchmarks.

A `KnownReport` holds what a report says; a renderer turns it into a document as such reports
are really published. What comes out of the pipeline can then be held against `truth()`.

| module | what it does |
|---|---|
| `template` | the official tables as grids, from `data/reference` |
| `places` | real divisions, from `data/reference/divisions` |
| `figures` | table values whose sums are right |
| `report` | `KnownReport` and its expected rows |
| `text_layouts`, `html` | renderers |
| `scripts` | traditional script and the damage of mirror sites |
| `generate` | any number of reports, reproducible from a seed |
| `mistakes` | reports with one mistake each, in tables or in text |
| `samples` | writes `data/samples` |
"""
