import os

import pytest
from playwright.sync_api import expect

from tests.browser.site import PATIENCE, live
from tests.browser.visitors import LANGUAGES, Visitors, chromium, program

MISSING = "There is no Chromium here: nothing was tested in a browser. Run `make browser`."


def pytest_collection_modifyitems(items):
    for item in items:
        if "/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


def pytest_report_header():
    return [] if program() else [MISSING]


@pytest.fixture(scope="session")
def browser():
    path = program()
    if not path and os.environ.get("CI"):
        pytest.fail(MISSING)
    if not path:
        pytest.skip(MISSING)
    expect.set_options(timeout=PATIENCE * 1000)
    with chromium(path) as browser:
        yield browser


@pytest.fixture(scope="session")
def site_of_all(browser, django_db_modify_db_settings, django_db_blocker, tmp_path_factory):
    with django_db_blocker.unblock(), live(tmp_path_factory.mktemp("site")) as site:
        yield site


@pytest.fixture
def site(site_of_all, django_db_blocker):
    with django_db_blocker.unblock(), site_of_all.inside():
        yield site_of_all


@pytest.fixture(scope="session")
def visitors_of_all(browser, site_of_all):
    return Visitors(browser, site_of_all)


@pytest.fixture
def visitors(visitors_of_all, site):
    yield visitors_of_all
    visitors_of_all.leave()


@pytest.fixture(params=LANGUAGES)
def language(request):
    return request.param
