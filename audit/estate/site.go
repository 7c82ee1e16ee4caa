package estate

import (
	"fmt"

	"tierline/audit/diag"
)

// SiteName is a site that exports seem to call otherwise than subscriptions do.
type SiteName struct {
	Subscribed, Exported string
	Taken                bool        // for the same, each being the only site; else nobody but the reader knows
	Source               diag.Source // a list of its users
}

// Line is the line of audit.yaml that says that both names are of one site.
func (s *SiteName) Line() string { return fmt.Sprintf("sites: {%s: %s}", s.Subscribed, s.Exported) }
