#ifndef WABE_CHDF5_H
#define WABE_CHDF5_H

// The names of 1.10 also where a newer libhdf5 is installed.
#define H5_USE_110_API 1
#include <hdf5.h>

// HDF5's constants are macros with side effects, which Swift does not import: one function for each.

static inline unsigned wabe_h5f_create(void) { return H5F_ACC_TRUNC; }
static inline unsigned wabe_h5f_read(void) { return H5F_ACC_RDONLY; }
static inline hid_t wabe_h5p_default(void) { return H5P_DEFAULT; }
static inline hid_t wabe_h5p_file_create(void) { return H5P_FILE_CREATE; }
static inline hid_t wabe_h5p_file_access(void) { return H5P_FILE_ACCESS; }
static inline hid_t wabe_h5p_group_create(void) { return H5P_GROUP_CREATE; }
static inline hid_t wabe_h5p_dataset_create(void) { return H5P_DATASET_CREATE; }
static inline hid_t wabe_h5e_default(void) { return H5E_DEFAULT; }
static inline hid_t wabe_h5s_all(void) { return H5S_ALL; }
static inline hid_t wabe_h5t_float32(void) { return H5T_IEEE_F32LE; }
static inline hid_t wabe_h5t_float64(void) { return H5T_IEEE_F64LE; }
static inline hid_t wabe_h5t_int32(void) { return H5T_STD_I32LE; }
static inline hid_t wabe_h5t_int64(void) { return H5T_STD_I64LE; }
static inline hid_t wabe_h5t_uint8(void) { return H5T_STD_U8LE; }
static inline hid_t wabe_h5t_string(void) { return H5T_C_S1; }
static inline unsigned wabe_h5f_all_objects(void) { return H5F_OBJ_ALL; }
static inline haddr_t wabe_h5_no_address(void) { return HADDR_UNDEF; }

#endif
