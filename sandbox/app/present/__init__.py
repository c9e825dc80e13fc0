"""From an evaluation to what widgets draw: words and plain values, nothing of the screen.

| module     | for                                            |
| ---------- | ---------------------------------------------- |
| `graph`    | the canvas                                     |
| `fields`   | the form of a node, an edge or the design      |
| `facts`    | the numbers under the form                     |
| `header`   | the line at the top                            |
| `ladder`   | the Headroom panel                             |
| `costs`    | the Cost panel                                 |
| `wording`  | names of settings and places in people's words |
"""
