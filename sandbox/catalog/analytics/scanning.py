"""What a query on files is billed by: the data it scans, in started megabytes, with a least."""

import numpy as np

MB_PER_TB = 1_048_576.0


def billed_mb(scanned_mb: float, least_mb: float) -> float:
    """Megabytes that one query is billed for.

    Args:
        scanned_mb: Data that it scans [MB].
        least_mb: Least that is billed of a query [MB].

    >>> billed_mb(0.2, 10), billed_mb(99.5, 10)
    (10.0, 100.0)
    """
    return max(float(np.ceil(scanned_mb - 1e-9)), float(least_mb))
