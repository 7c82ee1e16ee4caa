package report

import (
	"tierline/audit"
)

func exceptionMeanings(r *audit.Result) []meaning {
	exception := of(r.Exceptions, map[string]func(*audit.Exception) any{
		"Rule":                      func(x *audit.Exception) any { return x.Rule },
		"Subject":                   func(x *audit.Exception) any { return x.Subject },
		"Reason":                    func(x *audit.Exception) any { return x.Reason },
		"Owner":                     func(x *audit.Exception) any { return x.Owner },
		"Until":                     func(x *audit.Exception) any { return x.Until },
		"Protected seats":           func(x *audit.Exception) any { return x.Protected },
		"Left out of its rule":      func(x *audit.Exception) any { return x.LeftOut },
		"Findings marked":           func(x *audit.Exception) any { return x.Findings },
		"Costs":                     func(x *audit.Exception) any { return x.Cost },
		"Why the cost is not known": func(x *audit.Exception) any { return x.CostUnknown.Placed() },
		"Row":                       func(x *audit.Exception) any { return x.Source },
		"Exception":                 func(*audit.Exception) any { return "a question that is not asked" },
	})
	exception["State"] = words("ended", "in force")
	return []meaning{
		{place: "Exceptions", rows: 2, cell: exception,
			cols: "Rule|Subject|Reason|Owner|Until|State|Protected seats|Left out of its rule|Findings marked|Costs|Why the cost is not known|Row"},
		{place: "PDF/Use of seats/What exceptions cost", rows: 2, cell: exception,
			cols: "Exception|Until|State|Protected seats|Costs"},
	}
}
