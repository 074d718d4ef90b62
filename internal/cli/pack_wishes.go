package cli

import (
	"strconv"
	"strings"

	"packbench/internal/order"
	"packbench/internal/packing"
)

// wishes are the lines that say what a person wants at the bench when something is wrong.
var wishes = map[string]packing.Input{
	"short": packing.Short{}, "damaged": packing.Damaged{}, "extra": packing.Extra{}, "park": packing.Park{}, "undo": packing.Undo{},
	"start over": packing.StartOver{}, "help": packing.Help{}, "send here": packing.SendHere{},
	"learn": packing.Learn{},
}

// wish is what a line wants; false where it is something else.
func wish(line string) (packing.Input, bool) {
	if why, short := strings.CutPrefix(line, "short "); short {
		return packing.Short{Why: order.Shortage(strings.TrimSpace(why))}, true
	}
	if number, choose := strings.CutPrefix(line, "choose "); choose {
		if n, err := strconv.Atoi(strings.TrimSpace(number)); err == nil {
			return packing.Choose{Number: n}, true
		}
	}
	in, is := wishes[line]
	return in, is
}

// wishes does what a line wants once the bench shows what it answers.
func (p *packer) wishes(line string, in packing.Input) error {
	ctx := p.environment.Context
	if err := p.running.Settle(ctx); err != nil {
		return err
	}
	answer, err := p.running.Do(ctx, in)
	if err != nil {
		return err
	}
	answer.Code = line
	return p.tell(answer)
}
