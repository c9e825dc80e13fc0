"""A graph drawn with characters: laid out in columns, zoomable, selectable.

| module                | holds                                                      |
| --------------------- | ---------------------------------------------------------- |
| `graph`               | the values drawn                                           |
| `layers`, `blocks`    | columns of the nodes; which of them stand together         |
| `ordering`            | order within a column, on the numbered slots of a `weave`; |
|                       | by `exchange` of neighbours; `steadying` it after an edit  |
| `topology`            | all that, with the lanes by which edges pass columns       |
| `remembering`         | each topology like the one before                          |
| `rows`, `router`      | rows of the slots, tracks of the edges between two columns |
| `plan`, `geometry`    | both together per zoom level; then every cell              |
| `glyphs`, `spans`     | characters; rows of spans, and laying some over others     |
| `cues`, `offer`       | what is selected, marked and so on; letters to choose by   |
| `face`, `card`        | how a node looks; `gauges` its load                        |
| `strokes`, `picture`  | the lines; all of it row by row; `text` writes it          |
| `chips`, `callout`    | letters and words laid over it                             |
| `tracing`, `dragging` | what is drawn with the mouse, and what it means            |
| `fitting`, `moves`    | the zoom level that fits, where a key leads                |
| `places`, `placing`   | moving nodes from slot to slot; the hints that do so       |
| `palette`             | colours                                                    |

The widget is `canvas.GraphCanvas`; `view.GraphView` is the same to look at only. They
are built in layers of one subject each, and only these know Textual: `painted` colours,
`drawn` rows, `view` what is shown besides; `selecting`, `choosing` from an offer,
`arranging`, `scaling`, `hovering`, `pointing` with the mouse, `canvas` the keys.
"""
