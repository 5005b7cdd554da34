"""Who should come back when: computed by the rules from what was done, with the calls that followed."""

from __future__ import annotations

import datetime as dt
from dateutil.relativedelta import relativedelta
