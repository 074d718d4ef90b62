package order

import (
	"strconv"
	"strings"
)

// Command is what a code on the command card tells the bench to do, so that no hand leaves the scanner.
type Command string

// The commands. Each is the last character of its code, which keeps the code short enough for a card of 10 cm.
const (
	SayDone     Command = "D" // yes to what the screen asks
	SayUndo     Command = "U" // the piece taken last is out again
	SayNext     Command = "N" // away with the open parcel
	SayPark     Command = "P" // leave it to a supervisor
	SayReprint  Command = "R" // its label is to be printed again
	SayShort    Command = "S" // the wanted article cannot be taken
	SayHelp     Command = "H" // say what is wrong
	sayNumbers          = "123456"
	commandMark         = "PB"
	prefixChars         = 8 // of the installation's name: 32 random bits
)

// Commands are those of the card, in its order: the words first, then the numbers that answer what is offered by number.
var Commands = append([]Command{SayDone, SayUndo, SayNext, SayPark, SayReprint, SayShort, SayHelp}, numbersOf(sayNumbers)...)

func numbersOf(digits string) (all []Command) {
	for _, d := range strings.Split(digits, "") {
		all = append(all, Command(d))
	}
	return all
}

// Choices are answers by the numbers that choose them: 1 = tee, 2 = cap.
func Choices(answers []string) string {
	var told []string
	for i, answer := range answers {
		told = append(told, strconv.Itoa(i+1)+" = "+answer)
	}
	return strings.Join(told, ", ")
}

// Number is the number a command says, 0 where it says none.
func (c Command) Number() int { return strings.Index(sayNumbers, string(c)) + 1 }

// CommandCode is the code of a command on the cards of an installation, by the name of 16 hexadecimal digits it was given by chance: capital letters and digits only,
// which no keyboard layout of a scanner swaps but for capitals. It is empty where the installation has no such name.
func CommandCode(installation string, c Command) string {
	if len(installation) < prefixChars {
		return ""
	}
	return commandMark + strings.ToUpper(installation[:prefixChars]) + string(c)
}

// CommandOf is the command a scanned code stands for at an installation, empty where it is none. Caps Lock turns letters round, so that capitals do not count.
func CommandOf(installation, code string) Command {
	for _, c := range Commands {
		if want := CommandCode(installation, c); want != "" && strings.EqualFold(want, code) {
			return c
		}
	}
	return ""
}
