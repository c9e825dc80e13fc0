"""A user pool limits requests by category, over the account, and bills each user of the month once."""

import pytest
from front_designs import billed, counted, drawn, used

import sandbox
from sandbox.catalog.services.cognito import Cognito

POOL = {"service": "cognito"}
QUOTAS = "https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html"
PRICING = "https://aws.amazon.com/cognito/pricing/"
SIGN_INS, WITH_ANSWERS = "user authentication", "user authentication and challenge responses"


def asked(settings, rate=100.0, operation=None, **top):
    """A design whose traffic comes to a user pool, evaluated."""
    edge = ("people > door", {"operation": operation}) if operation else "people > door"
    nodes = {"people": {"service": "traffic", "rate_per_s": rate}, "door": {**POOL, **settings}}
    return sandbox.evaluate(drawn(nodes, edge, **top))


@pytest.mark.parametrize(
    ("operation", "name", "units", "capacity"),
    [
        ("sign-in", SIGN_INS, 1, 120),
        ("sign-in", WITH_ANSWERS, 2, 480),
        ("refresh", SIGN_INS, 1, 120),
        ("refresh", WITH_ANSWERS, 1, 480),
        ("sign-up", "user creation", 2, 50),
        ("read-user", "user reads", 1, 120),
        ("update-user", "user updates", 1, 25),
        ("recover", "account recovery", 1, 30),
    ],
)
def test_every_category_has_a_rate(operation, name, units, capacity):
    """Requests a second over all user pools of the account. Source: QUOTAS."""
    assert used(asked({}, 10, operation))[name] == (pytest.approx(10 * units), capacity)


@pytest.mark.parametrize(
    ("challenges", "passed"),
    [(0, 120), (1, 120), (3, 120), (4, 96), (7, 60)],
)
def test_answers_to_challenges_have_three_times_the_rate(challenges, passed):
    """360 answers a second; what goes beyond takes of the 120 sign-ins. Source: QUOTAS.

    At 96 sign-ins of 4 challenges each, 384 answers: 24 beyond the 360, and 96 + 24 = 120.
    """
    done = asked({"challenges_per_sign_in": challenges}, 1000)

    assert done.nodes["door"].accepted_per_s == pytest.approx(passed)


@pytest.mark.parametrize(
    ("settings", "demands"),
    [
        ({"federated_share": 0.2}, {SIGN_INS: 80, WITH_ANSWERS: 160, "user federation": 20}),
        ({"federated_share": 1}, {"user federation": 100}),
        ({"refresh_share": 0.9}, {SIGN_INS: 100, WITH_ANSWERS: 110}),
        (
            {"refresh_share": 0.5, "federated_share": 0.4},
            {SIGN_INS: 80, WITH_ANSWERS: 110, "user federation": 20},
        ),
        ({"sign_in_ratio": 0.1}, {SIGN_INS: 10, WITH_ANSWERS: 20}),
    ],
)
def test_what_comes_is_shared_out_to_its_categories(settings, demands):
    """Refreshes count as authentication, sign-ins by Google and the like as federation. Source: QUOTAS."""
    found = used(asked(settings))

    assert {name: demand for name, (demand, _) in found.items()} == pytest.approx(demands)


def test_only_those_who_come_by_another_provider_feel_its_rate():
    """Half of 100/s come by Google: 25 of those 50 pass, and all 50 of the others. Source: QUOTAS."""
    assert asked({"federated_share": 0.5}).nodes["door"].accepted_per_s == pytest.approx(75)


def test_user_pools_of_an_account_share_their_rates():
    """Two pools of 80 sign-ins a second each ask for 160 of 120."""
    nodes = {
        "people": {"service": "traffic", "rate_per_s": 80},
        "others": {"service": "traffic", "rate_per_s": 80},
        "door": POOL,
        "second": POOL,
    }
    done = sandbox.evaluate(drawn(nodes, "people > door", "others > second"))

    assert used(done)[SIGN_INS] == (pytest.approx(160), 120)
    assert done.nodes["door"].accepted_per_s == pytest.approx(60)


def test_the_account_raises_what_aws_raises():
    """Authentication can be raised, and with it the allowance of answers."""
    done = asked({}, 400, account={"cognito_authentication_per_s": 500})

    assert used(done)[WITH_ANSWERS] == (pytest.approx(800), 2000)
    assert done.nodes["door"].throttled_per_s == pytest.approx(0)


@pytest.mark.parametrize("door", ["api-gateway-rest", "api-gateway-http", "alb", "appsync"])
@pytest.mark.parametrize(("settings", "arriving"), [({}, 0), ({"sign_in_ratio": 0.02}, 20)])
def test_front_doors_check_tokens_by_themselves(door, settings, arriving):
    """Of 1,000 requests a second only those whose user must sign in first reach the user pool."""
    nodes = {
        "people": {"service": "traffic", "rate_per_s": 1000},
        "door": {"service": door},
        "work": {"service": "external", "latency_ms": 10, "latency_cv": 0},
        "users": {**POOL, **settings},
    }
    edges = ("people > door", "door > work", ("door > users", {"role": "authorizer"}))
    done = sandbox.evaluate(drawn(nodes, *edges))

    assert done.nodes["users"].offered_per_s == pytest.approx(arriving)
    assert done.nodes["work"].offered_per_s == pytest.approx(1000)


def test_requests_whose_sign_in_is_refused_go_no_further():
    """240 sign-ins a second are twice what the account may have: 120 of 1,000 requests fail."""
    nodes = {
        "people": {"service": "traffic", "rate_per_s": 1000},
        "door": {"service": "api-gateway-http"},
        "work": {"service": "external"},
        "users": {**POOL, "sign_in_ratio": 0.24},
    }
    edges = ("people > door", "door > work", ("door > users", {"role": "authorizer"}))
    done = sandbox.evaluate(drawn(nodes, *edges))

    assert done.flows["people"].success_ratio == pytest.approx(0.88)
    assert done.nodes["work"].offered_per_s == pytest.approx(880)


def test_a_trigger_lengthens_every_sign_in():
    """A function of 100 ms that the pool calls makes 100 ms of a sign-in 200, and takes concurrency."""
    nodes = {
        "people": {"service": "traffic", "rate_per_s": 50},
        "door": {**POOL, "latency_cv": 0},
        "check": {"service": "lambda", "duration_ms": 100, "init_ms": 0, "duration_cv": 0},
    }
    done = sandbox.evaluate(drawn(nodes, "people > door", "door > check"))

    assert done.nodes["door"].latency.mean == pytest.approx(200)
    assert done.nodes["check"].concurrency == pytest.approx(5)


def test_a_trigger_has_five_seconds_and_three_tries():
    """One that takes 6 s fails every sign-in after three tries. Source: AWS, triggers of user pools."""
    nodes = {
        "people": {"service": "traffic", "rate_per_s": 1},
        "door": POOL,
        "check": {"service": "lambda", "duration_ms": 6000, "init_ms": 0, "duration_cv": 0, "timeout_s": 10},
    }
    done = sandbox.evaluate(drawn(nodes, "people > door", "door > check"))

    assert done.flows["people"].success_ratio == pytest.approx(0)
    assert done.nodes["check"].offered_per_s == pytest.approx(3)


@pytest.mark.parametrize(
    ("settings", "free_tier", "usd"),
    [
        ({"monthly_active_users": 10_000}, True, 0.0),
        ({"monthly_active_users": 50_000}, True, 40_000 * 0.0055),
        ({"monthly_active_users": 150_000}, True, 90_000 * 0.0055 + 50_000 * 0.0046),
        ({"monthly_active_users": 150_000}, False, 100_000 * 0.0055 + 50_000 * 0.0046),
        (
            {"monthly_active_users": 20_000_000},
            False,
            100_000 * 0.0055 + 900_000 * 0.0046 + 9_000_000 * 0.00325 + 10_000_000 * 0.0025,
        ),
        ({"tier": "essentials", "monthly_active_users": 20_000}, True, 10_000 * 0.015),
        ({"tier": "essentials", "monthly_active_users": 20_000}, False, 20_000 * 0.015),
        ({"tier": "plus", "monthly_active_users": 20_000}, True, 20_000 * 0.02),
        ({"enterprise_users": 150}, True, 100 * 0.015),
        ({"tier": "plus", "enterprise_users": 150}, True, 150 * 0.02),
    ],
)
def test_users_are_billed_once_a_month(settings, free_tier, usd):
    """The first band of lite includes its 10,000 free users: 90,000 more at 0.0055. Source: PRICING."""
    done = asked(settings, account={"free_tier": free_tier})

    assert sum(billed(done).values()) == pytest.approx(usd)


@pytest.mark.parametrize(("load", "users"), [(1, 20_000), (2, 40_000)])
def test_customers_of_the_traffic_are_the_users_of_the_month(load, users):
    """Traffic of two million requests a month, a hundred from each customer, signs in 20,000 users."""
    asked = {"requests": {"count": 2_000_000, "per": "month"}, "requests_per_customer_month": 100}
    nodes = {
        "people": {"service": "traffic", **asked},
        "machines": {"service": "traffic", "rate_per_s": 5, "requests_per_customer_month": 1},
        "door": {"service": "api-gateway-http"},
        "users": {**POOL, "sign_in_ratio": 0.01},
        "queue": {"service": "sqs"},
    }
    edges = ("people > door", "machines > queue", ("door > users", {"role": "authorizer"}))
    done = sandbox.evaluate(drawn(nodes, *edges), float(load))

    assert counted(done, "users")["Monthly active users, Lite"] == pytest.approx(users)


def test_lite_and_essentials_share_what_is_free():
    """Two pools of 10,000 users each: half of each is free. Source: PRICING, 10,000 over both plans."""
    nodes = {
        "people": {"service": "traffic"},
        "door": {**POOL, "monthly_active_users": 10_000},
        "second": {**POOL, "tier": "essentials", "monthly_active_users": 10_000},
    }
    done = sandbox.evaluate(drawn(nodes, "people > door", account={"free_tier": True}))

    assert sum(billed(done).values()) == pytest.approx(5000 * 0.0055)
    assert sum(billed(done, "second").values()) == pytest.approx(5000 * 0.015)


@pytest.mark.parametrize(
    ("settings", "words"),
    [({"tier": "premium"}, "lite"), ({"sign_in_ratio": 2}, "1"), ({"challenges_per_sign_in": 11}, "10")],
)
def test_what_does_not_fit_is_refused(settings, words):
    """The message says what does."""
    with pytest.raises(ValueError, match=words):
        Cognito(**settings)
