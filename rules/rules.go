// Package rules holds the questions the audit asks, each with a page and with a file
// of its name. A rule reads what its pass shows it and reports findings; it computes
// no plan of its own and reads no file. cmd and the tests hand [All] to
// audit.Run.
package rules

import "tierline/audit"

// All lists every rule in the order of the reports.
func All() []*audit.Rule {
	return []*audit.Rule{
		inactiveUsers,
		noWorkload,
		roleWithoutNeed,
		duplicateAccounts,
		tierCrossing,
		unusedCapacity,
		overTier,
		tierMismatch,
		priceIncrease,
		priceGrowth,
		billingCycle,
		peakBilling,
		multiInstance,
		appLifecycle,
		appTrust,
		appValue,
		environmentLicensing,
		dataCenterEndOfLife,
		renewalWindow,
		quoteCheck,
		invoiceCheck,
		endOfSupport,
		freePlan,
		spendShare,
	}
}
