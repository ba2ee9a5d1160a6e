"""A real small model, which lies readily, behind the lock: of ten questions not one figure is shown that its quotations do not hold."""
import os
from importlib.util import find_spec

import pytest

from benchmarks.locked import measure, small_model, small_writer
from qa.model import ModelFault

QUESTIONS = ("新增市场主体多少家？", "规模以上企业数增至多少家？", "固定资产投资多少亿元？", "安置房分配了多少套？", "收缴房款多少万元？", "社区食堂建成多少个？", "新增绿化面积多少？", "审计项目完成多少项？", "推动整改问题多少项？",
             "审计办公室负责人是谁？")

pytestmark = pytest.mark.skipif(find_spec("xllamacpp") is None and not os.environ.get("CI"), reason="the small model of requirements-dev.txt is not installed")


@pytest.fixture(scope="module")
def address():
    with small_model() as address:
        yield address


def test_ten_answers_show_no_figure_that_is_not_held(assistant, address, capsys):
    tally = measure(assistant, small_writer(address), QUESTIONS)
    with capsys.disabled():
        print(f"\n{tally}")
    assert tally.lies == []
    assert (tally.questions, tally.failed) == (10, 0)
    assert tally.withheld > 0  # else it has not lied, and nothing was tried
    if tally.generated == 0:  # else all was withheld, and no figure of its could be wrong
        pytest.xfail("the lock withholds every sentence of the small model")


def test_the_server_tells_of_a_prompt_that_is_too_long(address):
    with pytest.raises(ModelFault, match="不接受"):
        list(small_writer(address).model.stream([{"role": "user", "content": "企业" * 20_000}], 8))
