"""Ways between services, a module for each family that they start from.

A module has `WAYS` (the connections, the ordinary one of two services first) and may have `REASONS`
(why a way is not there). `connections` finds every module; there is no list to edit.
"""
