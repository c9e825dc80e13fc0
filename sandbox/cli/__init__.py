"""The command `sandbox`: what it reads, what it prints, how it ends.

| file         | what                                                  |
| ------------ | ----------------------------------------------------- |
| root.py      | the command itself; without another one the app opens |
| reading.py   | the options of everything that reads a design         |
| output.py    | exit codes and standard output                        |
| open.py      | the app                                               |
| evaluate.py  | what a design does, and whether its goals are met     |
| account.py   | quotas of real accounts                               |
| config.py    | keys, themes, signs, motion                           |
| reference.py | a page for each service                               |
| rules.py     | what a finding means                                  |
| simulate.py  | what happens when the load moves                      |
| prices.py    | prices, their sources, and newer ones                 |
| presets.py   | what comes along: presets, the schema                 |

Whatever is heavy is imported inside the command that needs it.
"""

from sandbox.cli.root import main

__all__ = ["main"]
