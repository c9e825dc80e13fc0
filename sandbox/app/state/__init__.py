"""What the app remembers by itself: unsaved work, in case it ends, and the files that were open.

| module     | holds                                                                  |
| ---------- | ---------------------------------------------------------------------- |
| `shared`   | files that several apps share: whole ones, and locks                    |
| `recovery` | the unsaved work of this app, written at every change                   |
| `left`     | the unsaved work of apps that are no longer there                       |
| `recent`   | the files that were open last                                           |

All of it stands in one folder (`sandbox.places.state_folder`) and knows no screen.
"""
