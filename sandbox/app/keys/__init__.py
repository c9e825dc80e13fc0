"""What keys do: read from the bindings for the help, the palette, the key line and the configuration.

| file          | what                                                      |
| ------------- | --------------------------------------------------------- |
| written.py    | keys as people read and write them                        |
| deeds.py      | what the keys of a kind of widget do                      |
| rows.py       | the rows of the help                                      |
| situations.py | what matters where one is, for the key line               |
| bound.py      | every binding there is, by the place where it counts      |
| setting.py    | other keys, as a person's configuration gives them        |
"""
