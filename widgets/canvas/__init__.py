"""A graph drawn with characters: laid out in columns, zoomable, selectable.

| module                | holds                                                      |
| --------------------- | ---------------------------------------------------------- |
| `graph`               | the values drawn                                           |
| `layers`, `ordering`  | columns of the nodes, order within a column                |
| `topology`            | both together, with the lanes by which edges pass columns  |
| `rows`, `router`      | rows of the slots, tracks of the edges between two columns |
| `plan`, `geometry`    | both together per zoom level; then every cell              |
| `glyphs`, `face`      | characters, and how a node looks                           |
| `picture`, `text`     | rows of spans; lines of plain text                         |
| `fitting`, `moves`    | the zoom level that fits, where an arrow key leads         |
| `palette`             | colours                                                    |
| `view`, `canvas`      | the widget: drawing; keys and mouse                        |

Only `view` and `canvas` know Textual.
"""
