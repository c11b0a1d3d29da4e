// Everything to build and train a network by one import. Files, plots and exports are imported where they are needed.

@_exported public import Autograd
@_exported public import Datasets
@_exported public import Layers
@_exported public import Losses
@_exported public import Modules
@_exported public import Optimizers
@_exported public import Tensors
@_exported public import Training
