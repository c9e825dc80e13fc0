"""What is asked and told in front of the workbench; every dialog is a screen that answers.

| module                  | holds                                                                |
| ----------------------- | -------------------------------------------------------------------- |
| `dialog`, `snug`        | the frame, its foot with buttons and keys, Esc; one as high as its text |
| `picklist`, `chooser`   | a list in groups; a field, a list and what is said of its marked entry |
| `folders`, `path_field` | what is in a folder and what a typed path means; a field for it      |
| `browser`               | a chooser that goes through folders                                  |
| `preview`, `picture`    | a design in a few lines, and drawn without being computed            |
| `keytable`              | keys in groups, laid into columns                                    |

Each dialog has a module of its own: `presets`, `open`, `save_as`, `ask`, `help`, `why` and
`problem`. Esc closes each of them and answers None.
"""
