"""A queue whose load is ten times as high for a minute."""

QUEUE = """schema = 1
name = "Queue"

[nodes.shop]
service = "traffic"
rate_per_s = 10
profile = {shape = "spike", factor = 10, at_s = 60, for_s = 60}

[nodes.jobs]
service = "sqs"
visibility_timeout_s = 600

[nodes.work]
service = "lambda"
duration_ms = 1000
timeout_s = 60

[[edges]]
from = "shop"
to = "jobs"

[[edges]]
from = "jobs"
to = "work"
batch_size = 1
maximum_concurrency = 50
"""
