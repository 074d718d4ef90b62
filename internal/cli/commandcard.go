package cli

import (
	"errors"

	"packbench/internal/order"
	"packbench/internal/page"
	"packbench/internal/paper"
	"packbench/internal/setup"
	"packbench/internal/spool"
	"packbench/printer"
)

// commandCard is the sheet of the codes that tell a bench what to do.
const commandCard setup.Sheet = "commands"

// commandWords are what the commands do, in the words of the card.
var commandWords = map[order.Command]order.Said{
	order.SayDone: order.Say("command.done"), order.SayUndo: order.Say("command.undo"), order.SayNext: order.Say("command.next"),
	order.SayPark: order.Say("command.park"), order.SayReprint: order.Say("command.reprint"), order.SayShort: order.Say("command.short"),
	order.SayHelp: order.Say("command.help"),
}

// card prints the command card of this bench's installation.
func (v *Print) card(e *Environment) (err error) {
	uri, o, err := v.options(e)
	if err != nil {
		return err
	}
	bench, err := OpenBench(e)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bench.Close()) }()
	installation, err := bench.Store.Installation()
	if err != nil {
		return err
	}
	drawn, err := drawCard(e, o, installation)
	if err != nil {
		return err
	}
	device, leave, err := bench.printerFor(uri, o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, leave()) }()
	state, err := spool.Send(e.Context, device, device.Encode(drawn), func() error { return nil })
	if state != order.Sent {
		return err
	}
	return e.Line(sheetLine{Sheet: commandCard, State: order.Sent})
}

func drawCard(e *Environment, o printer.Options, installation string) (*page.Page, error) {
	var lines []paper.CommandLine
	for _, c := range order.Commands {
		word := commandWords[c]
		if n := c.Number(); n > 0 {
			word = order.Say("command.number", "n", n)
		}
		lines = append(lines, paper.CommandLine{Word: e.Tongue.Say(word), Code: order.CommandCode(installation, c)})
	}
	return paper.CommandCard(o.Medium, o.DPI, e.Tongue.Text("command.title"), lines)
}
