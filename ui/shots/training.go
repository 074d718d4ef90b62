package main

import (
	"fyne.io/fyne/v2"

	"packbench/internal/order"
	"packbench/ui/frame"
)

// trainingStory is a page of a training bench.
type trainingStory struct {
	story
	real     bool           // a bench at work, with the notice alone
	settings *settingsStory // in the place of the packing page, if not nil
}

func (s trainingStory) title() string {
	if s.real {
		return s.name
	}
	if s.settings != nil {
		return "training-" + s.settings.name
	}
	return "training-" + s.name
}

func (s trainingStory) on(v view) fyne.CanvasObject {
	if s.settings != nil {
		s.settings.frame.Training = true
		return s.settings.on(v)
	}
	s.frame.Training = !s.real
	return s.story.on(v)
}

// trainingStories are pages of a training bench: the fullest, and those that say something of their own.
func trainingStories(packing []story, forms []settingsStory) []trainingStory {
	var all []trainingStory
	for _, one := range packing {
		switch one.name {
		case "idle":
			one.frame.Strip = frame.Strip{Meaning: order.Say("training.hint"), Next: order.Say("training.hint.next")}
		case "open":
			one.frame.Notice = order.Say("notice.input_method")
			alone := one
			alone.name = "open-input-method"
			all = append(all, trainingStory{story: alone, real: true})
		case "wrong", "toscan", "stopped-many":
		default:
			continue
		}
		all = append(all, trainingStory{story: one})
	}
	return append(all, trainingStory{settings: &forms[0]})
}
