package virtual

import (
	"fmt"
	"math"

	"packbench/internal/page"
	"packbench/printer/state"
)

// model is what the machines say that they are.
const model = "VIRTUAL"

// identity answers ~HI with the model, a firmware, the dots a millimetre and the memory ("ZPL II Programming Guide", ~HI).
func (z zplInput) identity(s state.State) []byte {
	if !s.Told {
		return nil
	}
	return fmt.Appendf(nil, "\x02%s,V1.0,%d,8192KB\x03\r\n", model, int(math.Round(page.DotsPerMM(z.zpl.DPI))))
}

// tsplIdentity answers ~!T with the model ("TSPL/TSPL2 Programming Language").
func tsplIdentity(s state.State) []byte {
	if !s.Told {
		return nil
	}
	return []byte(model + "\r\n")
}

// escposIdentity answers GS I 67 with the model, between 5F hexadecimal and NUL (Epson's command reference).
func escposIdentity(s state.State) []byte {
	if !s.Told {
		return nil
	}
	return []byte("_" + model + "\x00")
}
