package cli

import (
	"errors"
	"os"
	"strconv"
	"strings"

	"packbench/internal/order"
	"packbench/internal/platform/sandbox"
)

// randomScenario leads the seed of a scenario that is made up.
const randomScenario = "random:"

// scenario is what the flags let go wrong, nil where that is nothing.
func (v *Sandbox) scenario() (*sandbox.Scenario, error) {
	var whole sandbox.Scenario
	switch seed, random := strings.CutPrefix(v.Scenario, randomScenario); {
	case random:
		number, err := strconv.ParseInt(seed, 10, 64)
		if err != nil {
			return nil, order.Trouble(err, "sandbox.scenario", "file", v.Scenario)
		}
		whole = sandbox.RandomScenario(number)
	case v.Scenario != "":
		read, err := readScenario(v.Scenario)
		if err != nil {
			return nil, order.Trouble(err, "sandbox.scenario", "file", v.Scenario)
		}
		whole = read
	case len(v.Fault) == 0:
		return nil, nil
	default:
		whole.Seed = v.Seed
	}
	for _, said := range v.Fault {
		entry, err := sandbox.FaultOf(said)
		if err != nil {
			return nil, order.Trouble(err, "sandbox.fault", "fault", said)
		}
		whole.Entries = append(whole.Entries, entry)
	}
	return &whole, nil
}

func readScenario(name string) (_ sandbox.Scenario, err error) {
	file, err := os.Open(name)
	if err != nil {
		return sandbox.Scenario{}, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	return sandbox.ReadScenario(file)
}
