#pragma once
// The consolidated list as it was asked for: which tables a format holds, what to compare with, and
// handing it in. Errors: bad_value, those of app/report/recap_list.h. One thread.

#include "app/cli/print.h"
#include "app/report/recap_list.h"

namespace rukun::cli {

Result<RecapList> office_list(Session& session, const Arguments& given, ReportFormat format);
// Keeps it, once its file is durable, for the next one to be compared with.
Status hand_in(Session& session);

}  // namespace rukun::cli
