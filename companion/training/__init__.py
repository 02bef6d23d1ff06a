"""Labels -> data set -> fine-tune -> calibrate -> ONNX -> model card. Needs the `train` extra."""
