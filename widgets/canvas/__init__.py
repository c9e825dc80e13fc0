"""A graph drawn with characters: laid out in columns, zoomable, selectable.

| module                | holds                                                      |
| --------------------- | ---------------------------------------------------------- |
| `graph`               | the values drawn                                           |
| `layers`, `ordering`  | columns of the nodes, order within a column                |
| `topology`            | both together, with the lanes by which edges pass columns  |
| `rows`, `router`      | rows of the slots, tracks of the edges between two columns |
| `plan`, `geometry`    | both together per zoom level; then every cell              |
| `glyphs`, `spans`     | characters; rows of spans, and laying some over others     |
| `cues`, `offer`       | what is selected, marked and so on; letters to choose by   |
| `face`, `card`        | how a node looks; `gauges` its load                        |
| `strokes`, `picture`  | the lines; all of it row by row; `text` writes it          |
| `chips`, `callout`    | letters and words laid over it                             |
| `tracing`, `dragging` | what is drawn with the mouse, and what it means            |
| `fitting`, `moves`    | the zoom level that fits, where a key leads                |
| `places`              | moving nodes from slot to slot                             |
| `palette`             | colours                                                    |

The widget is `canvas.GraphCanvas`; `view.GraphView` is the same to look at only. They
are built in layers of one subject each, and only these know Textual: `painted` colours,
`drawn` rows, `view` what is shown besides; `selecting`, `choosing` from an offer,
`arranging`, `scaling`, `hovering`, `pointing` with the mouse, `canvas` the keys.
"""
