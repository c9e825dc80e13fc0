"""What is asked and told in front of the workbench; every dialog is a screen that answers.

| module                     | holds                                                        |
| -------------------------- | ------------------------------------------------------------ |
| `dialog`                   | the frame, the foot with its buttons and keys, Esc           |
| `picklist`, `chooser`      | a list in groups; a dialog of a field, a list and what it says |
| `folders`, `path_field`    | what is in a folder and what a typed path means; its field   |
| `preview`, `picture`       | a design in a few lines, drawn without being computed        |
| `keytable`                 | keys in groups, laid into columns                            |
| `presets`, `open`, `save_as`, `ask`, `help`, `why`, `problem` | one dialog each           |

Esc closes each of them and answers None.
"""
